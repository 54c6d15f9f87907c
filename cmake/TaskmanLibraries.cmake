# The foreign libraries, each found once and linked only by the folder that architecture.md gives it to.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json 3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(date REQUIRED)
# For the hash in the handshake of WebSocket and for comparing tokens; httplib brings it in anyway.
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
# Loaded when the first hook posts something: linked, it would triple the daemon's start and its memory.
find_package(CURL 7.85 REQUIRED)
# Debian 12's package file of wslay names a static library that is not in the package.
find_library(TASKMAN_WSLAY wslay REQUIRED)
# Through pkg-config, because only it knows the three *_SUPPORT defines the shared library was built
# with; without them the classes' sizes differ from the library's, silently.
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)

# fmt as a static library of our own. Debian ships only the shared one, which drags libstdc++.so into
# the CLI's start-up, and the header-only form costs three seconds in every file that formats.
add_library(taskman_fmt STATIC "${PROJECT_SOURCE_DIR}/cmake/fmt_static.cpp")
target_compile_features(taskman_fmt PUBLIC cxx_std_20)
target_compile_options(taskman_fmt PRIVATE -ffunction-sections -fdata-sections)
target_include_directories(taskman_fmt SYSTEM PUBLIC
  $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)
