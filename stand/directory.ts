// The stand's regions: the people generator's, with the training officers' own departments and points.
import { REGIONS, type Region } from './people/places.ts';
import { OFFICERS } from './pki/officers.ts';

/** Regions of the generator; where officers work, their department and point stand first. */
export const STAND_REGIONS: readonly Region[] = REGIONS.map((entry) => {
  const here = OFFICERS.filter(({ region }) => region.code === entry.region.code);
  const officer = here[0];
  if (officer === undefined) return entry;
  const own = here.flatMap(({ registrationPoint }) => registrationPoint ?? []);
  return {
    ...entry,
    region: officer.region,
    department: officer.department,
    points: [...own, ...entry.points.slice(own.length, 2)], // two points: the officer's has work
  };
});

/** Points where a training officer hands cards over, each once. */
export const ISSUING_POINTS = STAND_REGIONS.flatMap((region) =>
  region.points.flatMap((point) =>
    OFFICERS.some(
      ({ roles, registrationPoint }) =>
        roles.includes('issuer') && registrationPoint?.code === point.code,
    )
      ? [{ region, point }]
      : [],
  ),
);
