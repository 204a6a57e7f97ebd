import { registerWorker } from "../content/create-worker.ts";
import compareUrl from "./compare-worker.ts?worker&url";

export const createCompareWorker = registerWorker(compareUrl);
