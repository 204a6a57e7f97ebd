// The worker that packs old versions; a view starts it when it has nothing else to do, and it ends by itself.
import { packBodies } from "../../storage/packing.ts";

void packBodies().finally(() => self.close());
