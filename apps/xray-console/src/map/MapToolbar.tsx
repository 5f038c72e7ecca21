import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { getGroups } from '../api/xray-client.js';
import { usePolling } from '../api/use-polling.js';
import { plural } from '../format.js';
import { changeRouteParams, currentRoute } from '../route/navigate.js';
import { groupName, setGroup } from '../state/view.js';

interface MapToolbarProps {
  search: string;
  onSearch: (text: string) => void;
  /** Goes to the first match. */
  onSubmit: () => void;
  matchCount: number | undefined;
}

/** Search, groups, and the choice between the picture and the tables. */
export function MapToolbar({ search, onSearch, onSubmit, matchCount }: MapToolbarProps): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focusSearch = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', focusSearch);
    return () => removeEventListener('keydown', focusSearch);
  }, []);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <div class="map-toolbar">
      <ViewSwitch />
      <form role="search" onSubmit={submit}>
        <label>
          <span class="unseen">Search nodes</span>
          <input
            ref={field}
            type="search"
            placeholder="Search nodes ( / )"
            value={search}
            onInput={(event) => onSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') onSearch('');
            }}
          />
        </label>
        <span class="muted" role="status">
          {matchCount === undefined ? '' : plural(matchCount, 'match').replace(/chs$/, 'ches')}
        </span>
      </form>
      <GroupSelect />
    </div>
  );
}

function ViewSwitch(): JSX.Element {
  const isList = currentRoute.value.params['view'] === 'list';
  return (
    <div class="segmented" role="group" aria-label="View">
      <button
        type="button"
        class="button quiet small"
        aria-pressed={!isList}
        onClick={() => changeRouteParams({ view: undefined }, 'push')}
      >
        Map
      </button>
      <button
        type="button"
        class="button quiet small"
        aria-pressed={isList}
        onClick={() => changeRouteParams({ view: 'list' }, 'push')}
      >
        List
      </button>
    </div>
  );
}

/** X-Ray's own group of everything is what one sees without any. */
const DEFAULT_GROUP = 'Default';

/** Not there while there are no groups. */
function GroupSelect(): JSX.Element | null {
  const { data: groups = [] } = usePolling('groups', getGroups, null);
  const names = groups.map(({ GroupName }) => GroupName).filter((name) => name !== DEFAULT_GROUP);
  const chosen = groupName.value;
  if (chosen !== '' && !names.includes(chosen)) names.push(chosen);
  if (names.length === 0) return null;
  return (
    <label class="select-label">
      <span class="unseen">Group</span>
      <select value={chosen} onChange={(event) => setGroup(event.currentTarget.value)}>
        <option value="">All traces</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
