// @ts-check
/** Says where the collection and the OpenAPI documents differ: operations and statuses. */
import { FOLDERS } from './assemble-collection.mjs';

/**
 * @param {Record<string, import('./build-requests.mjs').Skeleton>} skeletons of both services
 * @returns {string[]} one sentence for each difference
 */
export function compareCollection(skeletons) {
  const steps = FOLDERS.flatMap((folder) => folder.steps);
  const inCollection = new Set(steps.map(({ use, expect }) => `${use} ${expect}`));
  const missing = Object.entries(skeletons).flatMap(([operation, { statuses }]) =>
    statuses
      .filter((status) => !inCollection.has(`${operation} ${status}`))
      .map((status) => `no request of the collection expects ${status} of ${operation}`),
  );
  const unknown = steps.flatMap(({ name, use, expect }) => {
    if (use === undefined) return [];
    if (!skeletons[use]) return [`«${name}» uses ${use}, which is in no OpenAPI document`];
    if (skeletons[use].statuses.includes(expect)) return [];
    return [`«${name}» expects ${expect}, which ${use} does not document`];
  });
  return [...missing, ...unknown];
}
