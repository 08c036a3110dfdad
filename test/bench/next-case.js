// Runs in the page: key down on J until the next case stands and two frames were painted; answers milliseconds.
new Promise((resolve, reject) => {
  const shown = () =>
    document.querySelector('[data-testid="case-screen"]')?.getAttribute('data-application-id');
  const before = shown();
  const began = performance.now();
  const options = { code: 'KeyJ', key: 'j', bubbles: true, cancelable: true };
  (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', options));
  const look = () => {
    if (performance.now() - began > 5000) return reject(new Error('no next case came'));
    if (shown() === before) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
  };
  look();
});
