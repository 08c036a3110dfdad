// Texts that are empty or equal in both languages on purpose; the list may only shrink by itself.

/** Shown in one fixed language, whichever the screen speaks: the officer reads them out or prints them. */
const toTheCitizen = ['proxy', 'not-the-person', 'no-ticket', 'abandoned'].flatMap((key) => [
  `issuance.refused.${key}.citizenRu`,
  `issuance.refused.${key}.citizenKz`,
]);

export const onPurpose = [
  ...toTheCitizen,
  // Nothing can be done about it, so nothing is advised.
  'common.disabled.wrong-stage.how',
  'common.disabled.moved-away.how',
  // No try was lost, so there is nothing to say.
  'act.panel.tries.full',
];
