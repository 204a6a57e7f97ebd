import { readYaml } from "../../document/formats/yaml.ts";
import { serveConversions } from "./convert-worker.ts";

serveConversions(readYaml);
