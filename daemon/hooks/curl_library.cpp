#include "daemon/hooks/curl_library.hpp"

#include <dlfcn.h>

#include "common/error/error.hpp"

namespace taskman::hooks {
namespace {

constexpr const char* kName = "libcurl.so.4";

[[noreturn]] void fail() {
  const char* const reason = ::dlerror();
  throw error::Error(error::Code::kStorageUnavailable,
                     std::string("cannot load ") + kName + ": " +
                         (reason != nullptr ? reason : "it does not work"),
                     "install it: apt-get install libcurl4");
}

template <typename Function>
void find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) fail();
}

CurlLibrary load() {
  void* const library = ::dlopen(kName, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) fail();
  decltype(&::curl_global_init) global_init = nullptr;
  find(library, "curl_global_init", global_init);
  if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) fail();
  CurlLibrary curl{};
  find(library, "curl_multi_init", curl.multi_init);
  find(library, "curl_multi_cleanup", curl.multi_cleanup);
  find(library, "curl_multi_setopt", curl.multi_setopt);
  find(library, "curl_multi_add_handle", curl.multi_add_handle);
  find(library, "curl_multi_remove_handle", curl.multi_remove_handle);
  find(library, "curl_multi_socket_action", curl.multi_socket_action);
  find(library, "curl_multi_info_read", curl.multi_info_read);
  find(library, "curl_easy_init", curl.easy_init);
  find(library, "curl_easy_cleanup", curl.easy_cleanup);
  find(library, "curl_easy_setopt", curl.easy_setopt);
  find(library, "curl_easy_getinfo", curl.easy_getinfo);
  find(library, "curl_easy_strerror", curl.easy_strerror);
  find(library, "curl_slist_append", curl.slist_append);
  find(library, "curl_slist_free_all", curl.slist_free_all);
  return curl;
}

}  // namespace

const CurlLibrary& curl() {
  static const CurlLibrary kLibrary = load();
  return kLibrary;
}

}  // namespace taskman::hooks
