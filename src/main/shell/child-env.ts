// The environment of our processes: what the system needs and nothing else that the user's session carries.

/** Where things are, who works, which language; on Linux the desktop's own services too. */
const KEPT =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_[A-Z]+|TZ|TMPDIR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|DBUS_SESSION_BUS_ADDRESS|XDG_[A-Z_]+)$/;
/** Windows libraries find their folders and the card service by these. */
const KEPT_ON_WINDOWS =
  /^(PATH|PATHEXT|COMSPEC|OS|SYSTEMROOT|SYSTEMDRIVE|WINDIR|TEMP|TMP|APPDATA|LOCALAPPDATA|PROGRAMDATA|ALLUSERSPROFILE|PUBLIC|PROGRAMFILES(\(X86\))?|PROGRAMW6432|COMMONPROGRAMFILES(\(X86\))?|COMMONPROGRAMW6432|USERPROFILE|USERNAME|USERDOMAIN|HOMEDRIVE|HOMEPATH|COMPUTERNAME|LOGONSERVER|SESSIONNAME|NUMBER_OF_PROCESSORS|PROCESSOR_[A-Z0-9_]+)$/i;

/**
 * Variables open TLS, write its keys down, print every PKCS#11 command with its PIN, or lead to another card
 * service; so none goes on that is not named here. `more`: the policy's own, which an administrator wrote.
 */
export function childEnv(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = platform === 'win32' ? KEPT_ON_WINDOWS : KEPT;
  const own = Object.entries(env).filter(
    (each): each is [string, string] => each[1] !== undefined && kept.test(each[0]),
  );
  return { ...Object.fromEntries(own), ...more };
}
