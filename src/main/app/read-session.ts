// The session as the screens see it.
import type { SessionDto } from '../../shared/contract/session.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { pinFacts } from './pin-facts.ts';
import { limitsOf } from './station-limits.ts';

const LOCK_AFTER_MINUTES = 10; // before log-in; afterwards the node's configuration says

export function readSession(desk: Desk): SessionDto {
  const { session, asleep } = desk;
  const { station, vault } = desk.deps;
  const common = {
    training: station.training,
    stationId: station.stationId,
    othersUnsent: vault.unsentOfOthers((session ?? asleep)?.cacheFile ?? null),
  };
  if (session === null && asleep !== null)
    return { ...asleep.shown, ...common, offline: !desk.deps.node.hasSession() };
  if (session === null)
    return {
      ...common,
      state: 'signed-out',
      officer: null,
      key: null,
      lockedBecause: null,
      lockAfterMinutes: station.fixed?.lockAfterMinutes ?? LOCK_AFTER_MINUTES,
      offline: false,
    };
  const { officer, key, locked } = session;
  const place = locked === null ? session.store.meta.find('place') : null;
  return {
    ...common,
    state: locked === null ? 'open' : 'locked',
    officer: {
      fullName: officer.fullName,
      department: officer.department,
      region: officer.region,
      registrationPoint: officer.registrationPoint,
      roles: officer.roles,
    },
    key: { moduleId: key.moduleId, serial: key.serial, label: key.label, ...pinFacts(desk) },
    lockedBecause: locked,
    lockAfterMinutes: limitsOf(desk as OpenDesk).lockAfterMinutes,
    offline: !desk.deps.node.hasSession(),
    ...(place === null ? {} : { place }),
  };
}
