// The only bridge between the sandboxed window and the program: call and on, nothing else.
import { contextBridge, ipcRenderer } from 'electron';
import { isChannelName } from '../shared/contract/channel-names.ts';
import type { Bridge, Push } from '../shared/contract/channels.ts';

const bridge: Bridge = {
  call(name, request) {
    if (!isChannelName(name)) return Promise.reject(new Error('no such channel'));
    return ipcRenderer.invoke('kualik:call', name, request);
  },
  on(listener) {
    const handler = (_event: unknown, message: Push): void => listener(message);
    ipcRenderer.on('kualik:push', handler);
    return () => ipcRenderer.off('kualik:push', handler);
  },
};

contextBridge.exposeInMainWorld('kualik', bridge);
