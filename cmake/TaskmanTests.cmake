# A case that takes this long hangs; sanitizers slow a program down by up to ten times.
set(TASKMAN_TEST_TIMEOUT 120)
if(TASKMAN_SANITIZE)
  set(TASKMAN_TEST_TIMEOUT 600)
endif()

# Every test process gets these; suppressions name only uninstrumented libraries.
set(TASKMAN_TEST_ENVIRONMENT
  "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp halt_on_error=1 second_deadlock_stack=1"
  "ASAN_OPTIONS=detect_leaks=1 strict_string_checks=1 detect_stack_use_after_return=1"
  "UBSAN_OPTIONS=print_stacktrace=1")

# Optimising an assertion takes longer than it will ever run, and checking it for undefined behaviour
# half as long as compiling it. What is tested keeps its flags.
function(taskman_fast_to_compile TARGET)
  target_compile_options(${TARGET} PRIVATE -O0)
  if(TASKMAN_SANITIZE MATCHES "undefined")
    target_compile_options(${TARGET} PRIVATE -fno-sanitize=undefined)
  endif()
endfunction()

# taskman_suite(NAME [DEPS target…] [NEEDS_PROGRAMS]): tests/NAME/*.cpp as one program, every test case
# a ctest case. NEEDS_PROGRAMS: the cases start the built daemon or CLI.
function(taskman_suite NAME)
  cmake_parse_arguments(ARG "NEEDS_PROGRAMS" "" "DEPS" ${ARGN})
  set(target "taskman_tests_${NAME}")
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${NAME}/*.cpp")
  add_executable(${target} ${sources})
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
  target_link_libraries(${target} PRIVATE taskman_test_support taskman_warnings ${ARG_DEPS})
  taskman_fast_to_compile(${target})
  # catch.hpp is half of what a test file costs; the support library has it precompiled once for all.
  target_precompile_headers(${target} REUSE_FROM taskman_test_support)
  if(ARG_NEEDS_PROGRAMS)
    add_dependencies(${target} taskman taskmand)
  endif()
  catch_discover_tests(${target} TEST_PREFIX "${NAME}/"
    PROPERTIES TIMEOUT ${TASKMAN_TEST_TIMEOUT} ENVIRONMENT "${TASKMAN_TEST_ENVIRONMENT}")
endfunction()
