// The OpenAPI document in resources/ is what the contract says today, and names every operation.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from '../../../../src/shared/central/operations.ts';
import { OPENAPI_FILE, openApiDocument, openApiText } from '../../../../stand/central/openapi.ts';

it('is current: else run `tsx stand/central/openapi.ts`', () => {
  expect(readFileSync(OPENAPI_FILE, 'utf8') === openApiText()).toBe(true);
});

it('is OpenAPI 3.1 with one entry an operation, closed shapes and the station header', () => {
  const document = openApiDocument() as {
    openapi: string;
    paths: Record<string, Record<string, { operationId: string; parameters: { name: string }[] }>>;
    components: { schemas: Record<string, { additionalProperties?: boolean }> };
  };
  expect(document.openapi).toBe('3.1.0');
  const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(all.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(operations).sort());
  for (const { parameters } of all)
    expect(parameters.map(({ name }) => name)).toContain('x-kualik-station');
  expect(document.components.schemas['Dossier']?.additionalProperties).toBe(false);
});
