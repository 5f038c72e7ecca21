import { useEffect, useRef, useState } from 'preact/hooks';
import { findChanged, trafficOf } from './changed-ids.js';
import type { Traffic } from './changed-ids.js';
import type { MapGraph } from './map-graph.js';

const SHOWN_MS = 1_600;

/** Nodes and edges to point out, each with a number that changes when it is to be pointed out anew. */
export type Pulses = ReadonlyMap<string, number>;

const NONE: Pulses = new Map();

/** Tells what has more traffic than in the answer before; nothing of the first answer to a question. */
export function useChanged(questionKey: string, graph: MapGraph, hasAnswer: boolean): Pulses {
  const before = useRef<{ key: string; traffic: Traffic } | undefined>(undefined);
  const serial = useRef(0);
  const [pulses, setPulses] = useState(NONE);

  useEffect(() => {
    if (!hasAnswer) return;
    const last = before.current;
    const traffic = trafficOf(graph);
    before.current = { key: questionKey, traffic };
    if (last?.key !== questionKey) return;
    const changed = findChanged(last.traffic, traffic);
    if (changed.size === 0) return;
    serial.current += 1;
    setPulses(new Map([...changed].map((id) => [id, serial.current])));
  }, [questionKey, graph, hasAnswer]);

  useEffect(() => {
    if (pulses.size === 0) return undefined;
    const timer = setTimeout(() => setPulses(NONE), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [pulses]);
  return pulses;
}
