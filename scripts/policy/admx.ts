// Templates of Windows' group policy (ADMX and its texts, ADML) from the schema and its words.
import { POLICY_NAMES, REGISTRY, type PolicyName } from '../../src/shared/contract/policy.ts';
import { POLICY_WORDS, type PolicyLanguage } from './words.ts';

type Limits = { readonly minimum?: number; readonly maximum?: number; readonly enum?: string[] };
export type Properties = Readonly<Partial<Record<PolicyName, Limits>>>;

const KEY = 'Software\\Policies\\Kualik';
const HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
const SCHEMA = 'xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"';
const COMMON = {
  en: { category: 'Kualik workstation', supported: 'Windows 10 and later' },
  ru: { category: 'Рабочее место Kualik', supported: 'Windows 10 и новее' },
} as const;

const xml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');

type InRegistry = { readonly id: PolicyName; readonly name: string; readonly kind: string };
const inRegistry = (): InRegistry[] =>
  POLICY_NAMES.flatMap((id) => {
    const row = REGISTRY[id];
    return row === null ? [] : [{ id, ...row }];
  });

/** The part that says what is written into the registry. */
function elementOf({ name, kind, id }: InRegistry, { minimum, maximum, enum: items }: Limits) {
  const at = `id="${name}" valueName="${name}"`;
  switch (kind) {
    case 'flag':
      return '<enabledValue><decimal value="1"/></enabledValue><disabledValue><decimal value="0"/></disabledValue>';
    case 'number':
      return `<elements><decimal ${at} required="true" minValue="${minimum ?? 0}" maxValue="${maximum ?? 1}"/></elements>`;
    case 'choice':
      return `<elements><enum ${at} required="true">${(items ?? []).map((item) => `<item displayName="$(string.${id}_${item})"><value><string>${item}</string></value></item>`).join('')}</enum></elements>`;
    case 'lines':
    case 'modules':
      return `<elements><multiText ${at} required="true"/></elements>`;
    case 'json':
      return `<elements><text ${at} required="true" maxLength="4000"/></elements>`;
    default:
      return `<elements><text ${at} required="true" maxLength="400"/></elements>`;
  }
}

/** What may be set, without words. */
export function admx(properties: Properties): string {
  const policies = inRegistry().map((row) => {
    const flag = row.kind === 'flag' ? ` valueName="${row.name}"` : '';
    const shown = row.kind === 'flag' ? '' : ` presentation="$(presentation.${row.id})"`;
    return `  <policy name="${row.name}" class="Machine" displayName="$(string.${row.id})" explainText="$(string.${row.id}_explain)" key="${KEY}"${flag}${shown}>
   <parentCategory ref="Kualik"/><supportedOn ref="Supported"/>
   ${elementOf(row, properties[row.id] ?? {})}
  </policy>`;
  });
  return `${HEAD}<policyDefinitions ${SCHEMA} revision="1.0" schemaVersion="1.0">
 <policyNamespaces><target prefix="kualik" namespace="Kualik.Policies"/></policyNamespaces>
 <resources minRequiredRevision="1.0"/>
 <supportedOn><definitions><definition name="Supported" displayName="$(string.Supported)"/></definitions></supportedOn>
 <categories><category name="Kualik" displayName="$(string.Category)"/></categories>
 <policies>
${policies.join('\n')}
 </policies>
</policyDefinitions>
`;
}

/** The label of a field in the editor. */
function presentationOf({ id, name, kind }: InRegistry, title: string): string {
  const label = xml(title);
  const inner =
    kind === 'number'
      ? `<decimalTextBox refId="${name}">${label}</decimalTextBox>`
      : kind === 'choice'
        ? `<dropdownList refId="${name}" noSort="true">${label}</dropdownList>`
        : kind === 'lines' || kind === 'modules'
          ? `<multiTextBox refId="${name}"/>`
          : `<textBox refId="${name}"><label>${label}</label></textBox>`;
  return `   <presentation id="${id}">${inner}</presentation>`;
}

/** The words in one language. */
export function adml(language: PolicyLanguage, properties: Properties): string {
  const { category, supported } = COMMON[language];
  const rows = inRegistry();
  const strings: [string, string][] = [
    ['Category', category],
    ['Supported', supported],
    ...rows.flatMap(({ id }): [string, string][] => {
      const { title, explain } = POLICY_WORDS[id][language];
      const items = (properties[id]?.enum ?? []).map((item): [string, string] => [
        `${id}_${item}`,
        item,
      ]);
      return [[id, title], [`${id}_explain`, explain], ...items];
    }),
  ];
  const presentations = rows
    .filter(({ kind }) => kind !== 'flag')
    .map((row) => presentationOf(row, POLICY_WORDS[row.id][language].title));
  return `${HEAD}<policyDefinitionResources ${SCHEMA} revision="1.0" schemaVersion="1.0">
 <displayName>Kualik</displayName>
 <description>${xml(category)}</description>
 <resources>
  <stringTable>
${strings.map(([id, text]) => `   <string id="${id}">${xml(text)}</string>`).join('\n')}
  </stringTable>
  <presentationTable>
${presentations.join('\n')}
  </presentationTable>
 </resources>
</policyDefinitionResources>
`;
}
