/** 来源维护设置: what every source may be told about its silence and its old bodies, read from its settings. */
import { defaultTimezone, SourceUpkeep, type Source } from '../../../schema/index.ts';
import { isTimezone } from '../../decide/plain/dates.ts';

export type Upkeep = SourceUpkeep & { readonly zone: string };

/** A setting that cannot be used counts as not given: upkeep must go on. */
export function upkeepOf(config: Source['config']): Upkeep {
  const given = config ?? {};
  const whole = SourceUpkeep.safeParse(given);
  const zone = given['zone'];
  return {
    ...(whole.success ? whole.data : SourceUpkeep.parse({})),
    zone: typeof zone === 'string' && isTimezone(zone) ? zone : defaultTimezone,
  };
}
