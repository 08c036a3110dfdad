// Data of the order and of its period as the node delivers them: calendars, check rules, fees, dictionaries.
import type { CheckCode } from '../../src/shared/central/application.ts';
import { nodeConfig, type NodeConfig } from '../../src/shared/central/messages.ts';
import { SERVICE_CODES } from '../../src/shared/central/services.ts';
import { ANNULMENT_REASONS } from './annulment-reasons.ts';
import { TRAINING_LIMITS } from './picture-limits.ts';

const DAYS_OFF: Readonly<Record<number, string>> = {
  2025: '01-01 01-02 01-07 03-10 03-21 03-24 03-25 05-01 05-07 05-09 06-06 07-07 09-01 10-27 12-16',
  2026: '01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16',
  2027: '01-01 01-04 01-07 03-08 03-15 03-22 03-23 03-24 05-03 05-07 05-10 07-06 10-25 12-16',
};

const calendars = Object.entries(DAYS_OFF).map(([year, days]) => ({
  year: Number(year),
  version: year === '2027' ? 'provisional' : 'final',
  daysOff: days.split(' ').map((day) => `${year}-${day}`),
}));

/**
 * Which check a reviewing officer may override with a reason. Overridable are answers of automatic
 * comparison or of contact data, which clause 11 lets the officer judge by eye or by another source.
 * What the order sends to the public service centre (steps 4–7: capacity, change of civil record,
 * registration, document) or what gives the application its legal force (consent, request and its
 * signature) is not the officer's to waive. The fee is money: paid, exempt, or neither.
 */
const OVERRIDABLE: Readonly<Record<CheckCode, boolean>> = {
  'personal-data-consent': false,
  'person-record': false,
  'phone-owner': true, // БМГ lags behind the operators
  'digital-id': true, // the officer compares the faces himself (cl. 11)
  'legal-capacity': false, // step 4
  'civil-record-change': false, // step 5 → ЦОН
  'permanent-registration': false, // step 6 → ЦОН
  'document-validity': false, // step 7, cl. 7
  'photo-requirements': true, // cl. 11: the officer checks the photo against the requirements
  'photo-match': true, // the same by eye against the reference photo
  'request-signature': false, // step 12
  'request-registered': false, // step 13
  'social-status': true, // step 14: matters only where an exemption is claimed
  fee: false, // step 15
};

const training = (code: string, nameRu: string, nameKz: string) => ({ code, nameRu, nameKz });

/** Configuration of the training stand; the order's period is stretched so that training can go on. */
export const standConfig = (changes: Partial<NodeConfig> = {}): NodeConfig =>
  nodeConfig.parse({
    version: 'training-1',
    order: { from: '2025-05-26', to: '2027-12-31' },
    filingWindow: { daysBefore: 30, daysAfter: 10 }, // cl. 7
    calendars,
    deadline: { targetDays: 1, alarmDays: 2, serviceDays: 15 },
    productionCutOff: '17:00',
    leaseMinutes: 30,
    issueLease: { hours: 12, automatic: false },
    annulmentReasons: ANNULMENT_REASONS,
    checkRules: Object.entries(OVERRIDABLE).map(([code, overridable]) => ({
      code,
      obligatory: code !== 'social-status',
      overridable,
    })),
    // The real list of documenting codes is not public: these are opaque and plainly of training.
    documentingCodes: [
      training('TR-01', 'Учебный код 01: замена по истечении срока', '01 оқу коды: мерзімі өтуіне байланысты ауыстыру'),
      training('TR-02', 'Учебный код 02: замена, первое обращение онлайн', '02 оқу коды: ауыстыру, алғашқы онлайн өтініш'),
      training('TR-03', 'Учебный код 03: повторная заявка после аннулирования', '03 оқу коды: күші жойылғаннан кейінгі қайта өтінім'),
    ], // prettier-ignore
    fee: {
      budgetCode: '108126',
      exemptOnExpiryFrom: '2026-01-01',
      amounts: [
        { from: '2025-01-01', amountTenge: 786, basis: '0,2 МРП 2025; НК РК (до 2026), ст. 622' },
        { from: '2026-01-01', amountTenge: 865, basis: '0,2 МРП 2026; НК РК (с 2026), ст. 671' },
      ],
    },
    photoMaxAgeMonths: 6,
    pictureLimits: TRAINING_LIMITS,
    outsideServices: {
      thresholdMinutes: 10, // cl. 12
      probeSeconds: 30,
      services: SERVICE_CODES.map((code) => ({ code, address: null })),
    },
    liveCamera: { allowed: true },
    picturesKeptDays: 30,
    lockAfterMinutes: 10,
    logOutAfterHours: 8,
    ...changes,
  });
