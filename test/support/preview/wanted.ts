// What the address asks the preview to show.
const query = new URLSearchParams(location.search);

export const wanted = {
  role: (query.get('role') ?? 'reviewer') as 'reviewer' | 'issuer' | 'head' | 'none' | 'locked',
  screen: query.get('screen') ?? 'queue',
  language: (query.get('lang') ?? 'ru') as 'ru' | 'kk',
  theme: (query.get('theme') ?? 'light') as 'light' | 'dark' | 'contrast',
  density: (query.get('density') ?? 'comfortable') as 'comfortable' | 'compact',
  zoom: Number(query.get('zoom') ?? '100'),
  /** Which state of the screen: usual, empty, offline, first, error, … */
  state: query.get('state') ?? 'usual',
  id: query.get('id'),
};
