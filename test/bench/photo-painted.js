// Runs in the page: from the scanner's Enter until this person's photo is decoded and two frames were painted.
(applicationId) =>
  new Promise((resolve, reject) => {
    let began = null;
    const onKey = (event) => {
      if (event.key === 'Enter') began = performance.now();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    const asked = performance.now();
    const painted = () => {
      const person = document.querySelector(
        `[data-testid="issuance-person"][data-application-id="${applicationId}"]`,
      );
      const photo = person?.querySelector('figure img');
      return photo instanceof HTMLImageElement && photo.complete && photo.naturalWidth > 0;
    };
    const end = () => {
      window.removeEventListener('keydown', onKey, { capture: true });
      resolve(performance.now() - began);
    };
    const look = () => {
      if (performance.now() - asked > 10_000) return reject(new Error('no photo came'));
      if (began === null || !painted()) return requestAnimationFrame(look);
      requestAnimationFrame(() => requestAnimationFrame(end));
    };
    look();
  });
