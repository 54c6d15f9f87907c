# How everything here is compiled: two INTERFACE targets, so that no folder repeats a flag.

option(TASKMAN_WARNINGS_AS_ERRORS "Treat warnings as errors (the presets do; users need not)" OFF)
option(TASKMAN_FUZZ "Build the fuzz targets with libFuzzer (needs clang 16)" OFF)
set(TASKMAN_SANITIZE "" CACHE STRING "Sanitizers, comma separated: address,undefined or thread")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
# -O2, not CMake's -O3: the same speed here, and less code to page in when the CLI starts.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(TASKMAN_CCACHE ccache)
if(TASKMAN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without the sloppiness ccache refuses every file compiled with a precompiled header; without the
  # base folder and NOHASHDIR it knows nothing of a file that another checkout compiled.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "env;CCACHE_SLOPPINESS=pch_defines,time_macros;CCACHE_BASEDIR=${PROJECT_SOURCE_DIR};CCACHE_NOHASHDIR=1;${TASKMAN_CCACHE}")
endif()

add_library(taskman_settings INTERFACE)
target_compile_features(taskman_settings INTERFACE cxx_std_20)
target_include_directories(taskman_settings INTERFACE
  "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}/generated")
target_compile_options(taskman_settings INTERFACE -ffunction-sections -fdata-sections)
target_link_options(taskman_settings INTERFACE -Wl,--gc-sections)

if(TASKMAN_SANITIZE)
  target_compile_options(taskman_settings INTERFACE
    -fsanitize=${TASKMAN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
    # It opens a pipe to look at an object, and where descriptors have run out calls the object invalid.
    -fno-sanitize=vptr)
  target_link_options(taskman_settings INTERFACE -fsanitize=${TASKMAN_SANITIZE})
endif()
if(TASKMAN_FUZZ)
  # Coverage everywhere, libFuzzer's main only in the fuzz targets (tests/fuzz).
  target_compile_options(taskman_settings INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(taskman_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(taskman_warnings INTERFACE)
target_compile_options(taskman_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Woverloaded-virtual
  # Designated initialisers leave out what keeps its default: that is their use here.
  -Wno-missing-field-initializers
  # g++ 12 sees overlaps and overruns in std::string's operator+ that are not there (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-array-bounds -Wno-stringop-overflow>
  # g++ 14 takes the strings of a moved-from element for uninitialized.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_GREATER_EQUAL:$<CXX_COMPILER_VERSION>,13>>:-Wno-maybe-uninitialized>
  # One class fits several versions of httplib: some of its members override only in the newer ones.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-inconsistent-missing-override>)
if(TASKMAN_SANITIZE)
  # What a sanitizer puts in hides from g++ that a value was set (its manual says so).
  target_compile_options(taskman_warnings INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(TASKMAN_WARNINGS_AS_ERRORS)
  target_compile_options(taskman_warnings INTERFACE -Werror)
endif()

configure_file("${PROJECT_SOURCE_DIR}/cmake/version.hpp.in"
               "${PROJECT_BINARY_DIR}/generated/common/util/version.hpp" @ONLY)
