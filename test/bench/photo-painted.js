// Runs in the page: from the scanner's Enter until this person's photo is decoded and two frames were painted.
(applicationId) =>
  new Promise((resolve, reject) => {
    // window.enterAt: set by the listener that stood before the scanner's own, emptied before the scan
    const asked = performance.now();
    const painted = () => {
      const person = document.querySelector(
        `[data-testid="issuance-person"][data-application-id="${applicationId}"]`,
      );
      const photo = person?.querySelector('figure img');
      return photo instanceof HTMLImageElement && photo.complete && photo.naturalWidth > 0;
    };
    const look = () => {
      if (performance.now() - asked > 10_000)
        return reject(new Error(`no photo came, Enter ${window.enterAt === null ? 'un' : ''}seen`));
      if (window.enterAt === null || !painted()) return requestAnimationFrame(look);
      requestAnimationFrame(() =>
        requestAnimationFrame(() => resolve(performance.now() - window.enterAt)),
      );
    };
    look();
  });
