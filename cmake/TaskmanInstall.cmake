# What `cmake --install` puts beside the two programs.

foreach(section 1 5 7 8)
  file(GLOB pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/man/*.${section}")
  install(FILES ${pages} DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}")
endforeach()

install(FILES completions/taskman.bash RENAME taskman OPTIONAL
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES completions/_taskman OPTIONAL
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES completions/taskman.fish OPTIONAL
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")

foreach(unit taskmand.service taskmand.socket)
  configure_file("${PROJECT_SOURCE_DIR}/daemon/systemd/${unit}.in"
                 "${PROJECT_BINARY_DIR}/systemd/${unit}" @ONLY)
  # Of the folders systemd looks into the only one that also lies below ~/.local.
  install(FILES "${PROJECT_BINARY_DIR}/systemd/${unit}"
          DESTINATION "${CMAKE_INSTALL_DATADIR}/systemd/user")
endforeach()
