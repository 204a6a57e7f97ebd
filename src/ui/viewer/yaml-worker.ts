// The worker that reads YAML; it may be killed at any moment.
import { readYaml, yamlToJson } from "../../document/yaml.ts";
import { serve } from "./convert-worker.ts";

serve({ toJson: yamlToJson, read: readYaml });
