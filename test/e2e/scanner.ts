// A keyboard-wedge scanner in front of the window: keys faster than a hand's, on the scanner's own layout.
import type { ElectronApplication } from '@playwright/test';

/** Types each line in one burst with Enter behind it, as a scanner set to the US layout does. */
export async function scan(app: ElectronApplication, text: string): Promise<void> {
  await app.evaluate(async ({ BrowserWindow }, lines) => {
    const [window] = BrowserWindow.getAllWindows();
    for (const line of lines) {
      for (const keyCode of [...line, 'Enter']) {
        const shift = /^[A-Z<]$/.test(keyCode) ? { modifiers: ['shift' as const] } : {};
        const key = keyCode === '<' ? ',' : keyCode;
        window?.webContents.sendInputEvent({ type: 'keyDown', keyCode: key, ...shift });
        if (keyCode !== 'Enter')
          window?.webContents.sendInputEvent({ type: 'char', keyCode, ...shift });
        window?.webContents.sendInputEvent({ type: 'keyUp', keyCode: key, ...shift });
      }
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  }, text.split('\n'));
}
