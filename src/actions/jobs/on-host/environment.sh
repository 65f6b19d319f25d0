# What the functions below share: which variables count, and a value in one line.
_tm_words='function ours(k){return k~/^[A-Za-z_][A-Za-z0-9_]*$/&&k!~/^(_|_tm_.*|PWD|OLDPWD|SHLVL|LINENO|PPID|EPOCHREALTIME)$/}function esc(s,  o,i,c){o="";for(i=1;i<=length(s);i++){c=substr(s,i,1);o=o (c=="\\"?"\\\\":c=="\n"?"\\n":c)}return o}'
# Prints the environment with one line per variable, line feeds and backslashes as \n and \\. What belongs to the shell
# itself is left out, and so are the functions of bash.
_tm_environment() { "$_tm_awk" "$_tm_words"'BEGIN{for(k in ENVIRON)if(ours(k))print k "=" esc(ENVIRON[k])}'; }
# The same of the environment that this shell was started with.
_tm_environment_before() {
  "$_tm_tr" '\000\012' '\012\001' <"/proc/$$/environ" |
    "$_tm_awk" "$_tm_words"'{i=index($0,"=");k=substr($0,1,i-1);v=substr($0,i+1)}ours(k){gsub(/\001/,"\n",v);print k "=" esc(v)}'
}
# Prints, as lines of the record, what is new in `_tm_y` and what is gone since `_tm_listed`, without the directory of
# programs that only this job has.
_tm_changes() {
  command printf '%s\n' "$_tm_listed" '' "$_tm_y" | "$_tm_awk" -v own="$_tm_programs:" '$0==""&&!past{past=1;next}{i=index($0,"=");k=substr($0,1,i-1);v=$0}!past{old[k]=v;next}{now[k]=1;if(old[k]!=v){while((i=index(v,own))>0)v=substr(v,1,i-1) substr(v,i+length(own));print "@ export " v}}END{for(k in old)if(!(k in now))print "@ unset " k}'
}
