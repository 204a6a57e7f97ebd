import { ionToExtended } from "../../document/formats/ion.ts";
import { serveConversions } from "./convert-worker.ts";

serveConversions(ionToExtended);
