// What every window of ours has in common: walls up, no tools of developers in a package, nothing experimental.
import { app, type Session, type WebPreferences } from 'electron';

/** `session` is in memory in every case; see `guardSession`. */
export const safePreferences = (session: Session): WebPreferences => ({
  session,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  plugins: false,
  webgl: false, // no screen draws by it; it is a way to the graphics driver
  spellcheck: false, // its dictionaries are fetched from the network
  disableDialogs: true,
  navigateOnDragDrop: false,
  devTools: !app.isPackaged,
});
