#include "cli/client/websocket_key.hpp"

#include "support/catch.hpp"
#include "support/counting_random.hpp"

namespace taskman::client {
namespace {

TEST_CASE("the answer to a key is the standard's example") {
  CHECK(websocket_answer("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
}

TEST_CASE("the answer holds for keys that fill more than one block") {
  // printf %s KEY258EAFA5-E914-47DA-95CA-C5AB0DC85B11 | openssl sha1 -binary | base64
  CHECK(websocket_answer(std::string(19, 'a')) == "yzaGyu0mcUukN7CdsSwa30tnCpc=");
  CHECK(websocket_answer(std::string(20, 'a')) == "dUYRM7bOMwDmbriNIPr11x+r3E0=");
  CHECK(websocket_answer(std::string(100, 'a')) == "+taVhj8zzaJPYE6HHo1ugamK/Ug=");
}

TEST_CASE("a key is sixteen bytes, each time others") {
  test::CountingRandom random;
  const std::string key = make_websocket_key(random);
  CHECK(key.size() == 24);
  CHECK(key.ends_with("=="));
  CHECK(make_websocket_key(random) != key);
}

}  // namespace
}  // namespace taskman::client
