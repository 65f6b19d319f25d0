# Prints the environment with one line per variable, line feeds and backslashes as \n and \\. What belongs to the shell
# itself is left out, and so are the functions of bash.
_tm_environment() {
  awk 'BEGIN{for(k in ENVIRON)if(k~/^[A-Za-z_][A-Za-z0-9_]*$/&&k!~/^(_|PWD|OLDPWD|SHLVL|LINENO|PPID|EPOCHREALTIME)$/)print k "=" esc(ENVIRON[k])}function esc(s,  o,i,c){o="";for(i=1;i<=length(s);i++){c=substr(s,i,1);o=o (c=="\\"?"\\\\":c=="\n"?"\\n":c)}return o}'
}
