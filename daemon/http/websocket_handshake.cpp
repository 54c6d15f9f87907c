#include "daemon/http/websocket_handshake.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

#include "common/error/error.hpp"
#include "common/util/text.hpp"

namespace taskman::http {
namespace {

using error::Code;
using error::Error;

constexpr std::string_view kMagic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";  // RFC 6455 1.3
constexpr std::string_view kVersion = "13";

bool has_token(const Request& request, std::string_view header, std::string_view token) {
  std::string_view rest;
  const auto value = request.header(header);
  if (value) rest = *value;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    if (util::equals_ignoring_case(util::trim(rest.substr(0, comma)), token)) return true;
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return false;
}

/// Sixteen bytes in base 64.
bool is_key(std::string_view key) {
  std::array<unsigned char, 18> bytes{};
  return key.size() == 24 && key.ends_with("==") && key[21] != '=' &&
         EVP_DecodeBlock(bytes.data(), reinterpret_cast<const unsigned char*>(key.data()), 24) >= 0;
}

std::string answer_to(const std::string& key) {
  const std::string text = key + std::string(kMagic);
  std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  std::array<unsigned char, 29> encoded{};
  const int size = EVP_EncodeBlock(encoded.data(), digest.data(), SHA_DIGEST_LENGTH);
  return {encoded.begin(), encoded.begin() + size};
}

}  // namespace

void accept_websocket(const Request& request, Reply& reply) {
  // RFC 6455 4.2.1: what a handshake is.
  if (request.method != "GET" || request.http_1_0 || !has_token(request, "upgrade", "websocket") ||
      !has_token(request, "connection", "upgrade") ||
      request.header("sec-websocket-version") != kVersion) {
    throw Error(Code::kUpgradeRequired, "this address speaks WebSocket, version 13, only",
                "the same frames without it: /api/v1/events");
  }
  const auto key = request.header("sec-websocket-key");
  if (!key || !is_key(*key)) {
    throw Error(Code::kMalformedRequest, "Sec-WebSocket-Key is not 16 bytes in base 64", {},
                {{"Sec-WebSocket-Key", "not valid"}});
  }
  reply.status = 101;
  reply.headers.emplace_back("Upgrade", "websocket");
  reply.headers.emplace_back("Sec-WebSocket-Accept", answer_to(*key));
}

}  // namespace taskman::http
