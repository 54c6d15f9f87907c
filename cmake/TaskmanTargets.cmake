# taskman_library(NAME [DEPS target…] [SOURCES file…])
#
# One static library per folder. Its sources are the folder's *.cpp (without main.cpp): the folder IS
# the target, so adding a file touches no build file. SOURCES adds generated ones. A folder that has
# only headers becomes an INTERFACE library under the same name.
function(taskman_library NAME)
  cmake_parse_arguments(ARG "" "" "DEPS;SOURCES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  list(APPEND sources ${ARG_SOURCES})
  if(sources)
    add_library(${NAME} STATIC ${sources})
    target_link_libraries(${NAME} PUBLIC taskman_settings ${ARG_DEPS} PRIVATE taskman_warnings)
    # Parsing the standard library is half of what a file costs; taskman_util has it precompiled for all.
    if(NOT NAME STREQUAL "taskman_util")
      target_precompile_headers(${NAME} REUSE_FROM taskman_util)
    endif()
  else()
    add_library(${NAME} INTERFACE)
    target_link_libraries(${NAME} INTERFACE taskman_settings ${ARG_DEPS})
  endif()
endfunction()

# taskman_program(NAME [DEPS target…]): main.cpp of the folder and nothing else, so that tests link
# the same code as the program.
function(taskman_program NAME)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  add_executable(${NAME} main.cpp)
  target_link_libraries(${NAME} PRIVATE taskman_settings taskman_warnings ${ARG_DEPS})
  install(TARGETS ${NAME} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endfunction()
