# Sourced by deploy/up, deploy/test and whatever else starts Tidegate's JVMs; needs $root, the repository.
# Runs on bash 3.2, which macOS still ships.

required_jdk=25

# The major version of the JDK in folder $1, or nothing if there is none.
jdk_version() {
  local home=$1 line version
  [ -x "$home/bin/java" ] && [ -x "$home/bin/javac" ] || return 0
  if [ -r "$home/release" ]; then
    line=$(grep '^JAVA_VERSION=' "$home/release" || true)
  else
    line=$("$home/bin/java" -version 2>&1 | grep ' version ' || true)
  fi
  case $line in
    *\"*\"*) ;;
    *) return 0 ;;
  esac
  version=${line#*\"}
  version=${version%%[!0-9]*}
  echo "$version"
}

# Folders that may hold a JDK, one per line, best guess first.
jdk_folders() {
  local folder java
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  for folder in /usr/lib/jvm/* /opt/java*/* /opt/java* /opt/jdk* "$HOME"/.sdkman/candidates/java/* \
      /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
      /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
      /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    echo "$folder"
  done
  if java=$(command -v java); then
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
  fi
}

# Sets and exports JAVA_HOME to the first JDK that is new enough, or ends the script.
find_jdk() {
  local folder version
  while IFS= read -r folder; do
    version=$(jdk_version "$folder")
    if [ -n "$version" ] && [ "$version" -ge "$required_jdk" ]; then
      export JAVA_HOME=$folder
      return
    fi
  done <<FOLDERS
$(jdk_folders)
FOLDERS
  echo "${0##*/}: no JDK $required_jdk or later found; install one or set JAVA_HOME to it" >&2
  exit 1
}

# True if module $1 was never packaged here, or it or what it builds on was edited since.
needs_build() {
  local module=$root/$1 built=$root/$1/target/built
  [ -e "$built" ] || return 0
  [ -n "$(find "$module/src" "$module/pom.xml" "$root/pom.xml" "$root/common-sql/src" "$root/common-sql/pom.xml" \
      "$root/deploy/contracts" -newer "$built" -print | head -n 1)" ]
}

# Packages the services, the stack and the modules $@ if need be, without running tests.
build_if_needed() {
  local module list=
  for module in web-api plan-worker stats-refresher deploy/stack "$@"; do
    if needs_build "$module"; then
      mkdir -p "$root/$module/target"
      # Dated before the build: what is edited while it runs is built the next time.
      touch "$root/$module/target/built.draft"
      list=${list:+$list,}$module
    fi
  done
  [ -n "$list" ] || return 0
  echo "Building ${list//,/, } (some minutes the first time) ..." >&2
  (cd "$root" && ./mvnw -q -B -ntp package -am -pl "$list" -DskipTests -Dspotless.check.skip=true) || {
    echo "${0##*/}: the build failed; see above" >&2
    exit 1
  }
  for module in ${list//,/ }; do
    mv "$root/$module/target/built.draft" "$root/$module/target/built"
  done
}

# Class path of the module in folder $1 and of everything it needs at run time.
module_class_path() {
  local jar newest=
  for jar in "$root/$1"/target/tidegate-*.jar; do
    case $jar in
      *-tests.jar | *-sources.jar | *-javadoc.jar) ;;
      *) [ -n "$newest" ] && [ "$newest" -nt "$jar" ] || newest=$jar ;;
    esac
  done
  echo "$newest:$root/$1/target/lib/*"
}
