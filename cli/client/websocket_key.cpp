#include "cli/client/websocket_key.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace taskman::client {
namespace {

constexpr std::string_view kMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 1.3

using State = std::array<std::uint32_t, 5>;

/// One block of SHA-1 (FIPS 180-4, 6.1.2).
void digest_block(State& state, std::string_view block) {
  std::array<std::uint32_t, 80> words{};
  for (std::size_t i = 0; i < 64; ++i) {
    words[i / 4] = words[i / 4] << 8 | static_cast<unsigned char>(block[i]);
  }
  for (std::size_t i = 16; i < 80; ++i) {
    words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  }
  auto [a, b, c, d, e] = state;
  for (std::size_t i = 0; i < 80; ++i) {
    const auto [mixed, constant] = i < 20   ? std::pair{(b & c) | (~b & d), 0x5a827999U}
                                   : i < 40 ? std::pair{b ^ c ^ d, 0x6ed9eba1U}
                                   : i < 60 ? std::pair{(b & c) | (b & d) | (c & d), 0x8f1bbcdcU}
                                            : std::pair{b ^ c ^ d, 0xca62c1d6U};
    const std::uint32_t next = std::rotl(a, 5) + mixed + e + constant + words[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

std::string bytes_of(std::uint64_t number, std::size_t count) {
  std::string bytes;
  while (count-- > 0) bytes += static_cast<char>(number >> (8 * count) & 0xff);
  return bytes;
}

std::string sha1(std::string text) {
  State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  const std::uint64_t bits = 8 * static_cast<std::uint64_t>(text.size());
  text += '\x80';
  while (text.size() % 64 != 56) text += '\0';
  text += bytes_of(bits, 8);
  for (std::size_t at = 0; at < text.size(); at += 64) {
    digest_block(state, std::string_view(text).substr(at, 64));
  }
  std::string digest;
  for (const std::uint32_t word : state) digest += bytes_of(word, 4);
  return digest;
}

/// RFC 4648 4.
std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(std::min<std::size_t>(3, bytes.size()))) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    for (std::size_t i = 0; i < 4; ++i) {
      text += i <= bytes.size() ? kDigits[group >> (18 - 6 * i) & 63] : '=';
    }
  }
  return text;
}

}  // namespace

std::string make_websocket_key(util::Random& random) {
  const std::string half = bytes_of(random.next(), 8);
  return base64(half + bytes_of(random.next(), 8));
}

std::string websocket_answer(std::string_view key) {
  return base64(sha1(std::string(key) + std::string(kMagic)));
}

}  // namespace taskman::client
