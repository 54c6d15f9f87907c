#include "daemon/hooks/signature.hpp"

#include <fmt/core.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "common/error/error.hpp"

namespace taskman::hooks {

std::string signature(std::string_view secret, std::int64_t seconds, std::string_view body) {
  const std::string text = fmt::format("{}.{}", seconds, body);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (::HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
             &size) == nullptr) {
    throw error::Error(error::Code::kInternal, "the signature of a hook cannot be made");
  }
  std::string signature = fmt::format("t={},v1=", seconds);
  for (unsigned int i = 0; i < size; ++i) signature += fmt::format("{:02x}", digest.at(i));
  return signature;
}

}  // namespace taskman::hooks
