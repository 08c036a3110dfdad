// Entry of the window: fonts, styles, the mount.
import '@fontsource-variable/inter';
import './tokens.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';

performance.mark('kualik:renderer-start');
const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<App />);
