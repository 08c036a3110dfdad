// What the core says about an action of the case; the screen itself computes no rights.
import type { Action, ActionDto, CaseDto } from '../../../shared/contract/case.ts';

/** An action the core does not list is not for this stage. */
export function actionOf(dto: CaseDto, action: Action): ActionDto {
  const listed = dto.actions.find((each) => each.action === action);
  if (listed !== undefined) return listed;
  return { action, enabled: false, because: { code: 'wrong-stage', clause: null, params: {} } };
}
