// How the officer looks: places are drawn on the photo, so drawing leaves the card and nothing else.
import { beforeEach, describe, expect, it } from 'vitest';
import { look, useLooking } from '../../../../src/renderer/features/case/picture/picture-store.ts';

beforeEach(() => useLooking.setState(useLooking.getInitialState(), true));

describe('the photo for drawing', () => {
  it('stands in place of the card, whole', () => {
    look.card();
    look.view(() => ({ zoom: 3, x: 0.1, y: 0.1 }));
    look.photo();
    expect(useLooking.getState()).toMatchObject({ card: false, view: { zoom: 1 } });
  });

  it('keeps the officer’s zoom and mode when there was no card', () => {
    look.mode('slider');
    look.view(() => ({ zoom: 3, x: 0.1, y: 0.1 }));
    look.photo();
    expect(useLooking.getState()).toMatchObject({ mode: 'slider', view: { zoom: 3, x: 0.1 } });
  });
});
