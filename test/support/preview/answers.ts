// The shape of scripted answers: a channel's name and what it answers.
import type { ChannelName, RequestOf, ResultOf } from '../../../src/shared/contract/channels.ts';

export type Answers = {
  [N in ChannelName]?: (request: RequestOf<N>) => ResultOf<N> | Promise<ResultOf<N>>;
};
