# fish completion for taskman. It is small because it knows nothing: `taskman __complete` answers what
# fits, from the command table and from the daemon, if one runs.
#
#   taskman completion fish | source

function __taskman_complete
    set -l words (commandline -opc)
    while string match -qr '^\w+=' -- $words[1]
        set -e words[1]
    end
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct | string replace -r '^[\'"]' '' | string unescape)
    set -l lines ($program __complete -- $words "$current" 2>/dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path (commandline -ct)
        return
    end
    string join \n -- $lines
end

complete -c taskman -f -k -a '(__taskman_complete)'
