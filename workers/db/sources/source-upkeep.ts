/** 来源维护设置: the settings of every source for silence and for old bodies. */
import { defaultTimezone, SourceUpkeep, type Source } from '../../../schema/index.ts';
import { isTimezone } from '../../decide/plain/dates.ts';

export type Upkeep = SourceUpkeep & { readonly zone: string };

/** An invalid setting counts as not given, so that upkeep goes on. */
export function upkeepOf(config: Source['config']): Upkeep {
  const given = config ?? {};
  const whole = SourceUpkeep.safeParse(given);
  const zone = given['zone'];
  return {
    ...(whole.success ? whole.data : SourceUpkeep.parse({})),
    zone: typeof zone === 'string' && isTimezone(zone) ? zone : defaultTimezone,
  };
}
