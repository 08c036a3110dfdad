// One token and its certificates; an unusable one stands there with its reason in words.
import { IconBan, IconUsb } from '@tabler/icons-react';
import { useId } from 'react';
import type { TokenDto } from '../../../shared/contract/session.ts';
import { formatDay } from '../../shared/format/format.ts';
import { fill, plural, useTexts } from '../../shared/i18n/language.ts';
import { PinTries } from '../../shared/ui/pin-field.tsx';
import { choose, type Certificate, type Choice } from './login-store.ts';
import styles from './login.module.css';

function CertificateWords({ certificate }: { readonly certificate: Certificate }) {
  const t = useTexts().login;
  const valid =
    certificate.unusable === 'not-yet-valid'
      ? fill(t.validFrom, { date: formatDay(certificate.validFrom) })
      : fill(t.validTo, { date: formatDay(certificate.validTo) });
  const saysDates =
    certificate.unusable === null ||
    certificate.unusable === 'expired' ||
    certificate.unusable === 'not-yet-valid';
  return (
    <span className={styles['certWords']}>
      <strong>{certificate.name}</strong>
      <span className={styles['certFacts']}>
        {certificate.organisation !== null && <span>{certificate.organisation}</span>}
        {saysDates && <span>{valid}</span>}
        {certificate.unusable === null && <span>{t.algorithm[certificate.algorithm]}</span>}
        {certificate.usedBefore && <span>{t.usedBefore}</span>}
      </span>
      {certificate.unusable === null && certificate.expiry !== null && (
        <span className={styles['certSoon']} data-expiry={certificate.expiry}>
          {plural(certificate.daysLeft, t.daysLeft)}
        </span>
      )}
      {certificate.unusable !== null && (
        <span className={styles['certWhy']}>
          <IconBan size={14} aria-hidden="true" />
          {t.unusable}: {t.reasons[certificate.unusable]}
        </span>
      )}
    </span>
  );
}

interface Props {
  readonly token: TokenDto;
  readonly choice: Choice | null;
  readonly disabled: boolean;
}

export function TokenChoice({ token, choice, disabled }: Props) {
  const name = useId();
  const usable = token.certificates.some((each) => each.unusable === null);
  const t = useTexts().login;
  return (
    <fieldset className={styles['token']} data-testid={`token-${token.serial}`} disabled={disabled}>
      <legend className={styles['tokenHead']}>
        <IconUsb size={18} stroke={1.6} aria-hidden="true" />
        <span className={styles['tokenLabel']}>{token.label}</span>
        <span className={styles['tokenModel']}>{token.model}</span>
        {token.pin.tries !== 'full' && <PinTries tries={token.pin.tries} />}
      </legend>
      {!usable && <p className={styles['noneUsable']}>{t.noneUsable}</p>}
      {token.certificates.map((certificate) => (
        <label
          key={certificate.certSha256}
          className={styles['cert']}
          data-unusable={certificate.unusable !== null}
          data-testid={`cert-${certificate.certSha256.slice(0, 8)}`}
        >
          <input
            type="radio"
            name={name}
            disabled={certificate.unusable !== null}
            checked={
              choice?.certSha256 === certificate.certSha256 && choice.serial === token.serial
            }
            onChange={() =>
              choose({
                moduleId: token.moduleId,
                serial: token.serial,
                certSha256: certificate.certSha256,
              })
            }
          />
          <CertificateWords certificate={certificate} />
        </label>
      ))}
    </fieldset>
  );
}
