// The worker that reads YAML; it may be killed at any moment.
import { readYaml, yamlToJson } from "../../document/formats/yaml.ts";
import { serve } from "./convert-worker.ts";

serve({ toJson: yamlToJson, read: readYaml });
