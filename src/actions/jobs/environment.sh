# Prints the environment with one line per variable, line feeds and backslashes as \n and \\. What belongs to the shell
# itself is left out, and so are the functions of bash.
_tm_environment() {
  "$_tm_awk" 'BEGIN{for(k in ENVIRON)if(k~/^[A-Za-z_][A-Za-z0-9_]*$/&&k!~/^(_|_tm_.*|PWD|OLDPWD|SHLVL|LINENO|PPID|EPOCHREALTIME)$/)print k "=" esc(ENVIRON[k])}function esc(s,  o,i,c){o="";for(i=1;i<=length(s);i++){c=substr(s,i,1);o=o (c=="\\"?"\\\\":c=="\n"?"\\n":c)}return o}'
}
# Prints, as lines of the record, what is new in `_tm_y` and what is gone since `_tm_listed`, without the directory of
# programs that only this job has.
_tm_changes() {
  command printf '%s\n' "$_tm_listed" '' "$_tm_y" | "$_tm_awk" -v own="$_tm_programs:" '$0==""&&!past{past=1;next}{i=index($0,"=");k=substr($0,1,i-1);v=$0}!past{old[k]=v;next}{now[k]=1;if(old[k]!=v){while((i=index(v,own))>0)v=substr(v,1,i-1) substr(v,i+length(own));print "@ export " v}}END{for(k in old)if(!(k in now))print "@ unset " k}'
}
