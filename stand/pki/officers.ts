// The four synthetic officers of the stand; month 13, day 45 in the IIN: numbers that belong to nobody.
import type { OfficerProfile } from '../../src/shared/central/messages.ts';
import type { CertificateRole } from '../../src/shared/cades/oids.ts';

export interface OfficerPlan extends OfficerProfile {
  readonly id: 'reviewer-almaty' | 'reviewer-astana' | 'issuer-almaty' | 'head-almaty';
  readonly surname: string;
  readonly name: string;
  readonly patronymic: string | null;
  readonly key: 'rsa' | 'ec-p256';
  /** NCA role beside "legal entity". */
  readonly certificateRole: Extract<CertificateRole, 'head' | 'signatory' | 'employee'>;
  readonly tokenLabel: string;
}

const ALMATY = {
  region: { code: '750000000', nameRu: 'г. Алматы', nameKz: 'Алматы қ.' },
  department: {
    bin: '991340000017',
    nameRu: 'УМС ДП г. Алматы (учебный стенд)',
    nameKz: 'Алматы қ. ПД КҚҚБ (оқу стенді)',
  },
};
const ASTANA = {
  region: { code: '710000000', nameRu: 'г. Астана', nameKz: 'Астана қ.' },
  department: {
    bin: '991340000027',
    nameRu: 'УМС ДП г. Астаны (учебный стенд)',
    nameKz: 'Астана қ. ПД КҚҚБ (оқу стенді)',
  },
};

export const OFFICERS: readonly OfficerPlan[] = [
  {
    id: 'reviewer-almaty',
    ...ALMATY,
    roles: ['reviewer'],
    registrationPoint: null,
    iin: '801345300016',
    fullName: 'СЫНАҚОВА ӘСЕЛ МАРАТҚЫЗЫ',
    surname: 'СЫНАҚОВА',
    name: 'ӘСЕЛ',
    patronymic: 'МАРАТҚЫЗЫ',
    key: 'rsa',
    certificateRole: 'signatory',
    tokenLabel: 'Almaty review',
  },
  {
    id: 'reviewer-astana',
    ...ASTANA,
    roles: ['reviewer'],
    registrationPoint: null,
    iin: '851345300025',
    fullName: 'ТЕСТОВ ДАНИЯР',
    surname: 'ТЕСТОВ',
    name: 'ДАНИЯР',
    patronymic: null,
    key: 'ec-p256',
    certificateRole: 'signatory',
    tokenLabel: 'Astana review',
  },
  {
    id: 'issuer-almaty',
    ...ALMATY,
    roles: ['issuer'],
    registrationPoint: {
      code: '750000000-01',
      nameRu: 'Регистрационный пункт № 1 г. Алматы (учебный)',
      nameKz: 'Алматы қ. № 1 тіркеу пункті (оқу)',
    },
    iin: '901345400033',
    fullName: 'ОБРАЗЦОВА ЕЛЕНА ПАВЛОВНА',
    surname: 'ОБРАЗЦОВА',
    name: 'ЕЛЕНА',
    patronymic: 'ПАВЛОВНА',
    key: 'ec-p256',
    certificateRole: 'employee',
    tokenLabel: 'Almaty point 1',
  },
  {
    id: 'head-almaty',
    ...ALMATY,
    roles: ['head', 'reviewer'],
    registrationPoint: null,
    iin: '781345300043',
    fullName: 'ҮЛГІЛІЕВ НҰРЛАН ЕРЛАНҰЛЫ',
    surname: 'ҮЛГІЛІЕВ',
    name: 'НҰРЛАН',
    patronymic: 'ЕРЛАНҰЛЫ',
    key: 'rsa',
    certificateRole: 'head',
    tokenLabel: 'Almaty head',
  },
];
