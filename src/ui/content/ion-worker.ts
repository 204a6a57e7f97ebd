// The worker that reads text Ion; it may be killed at any moment.
import { ionToJson, readIon } from "../../document/formats/ion.ts";
import { serve } from "./convert-worker.ts";

serve({ toJson: ionToJson, read: readIon });
