// The worker that reads YAML; it may be killed at any moment.
import { readYaml } from "../../document/yaml.ts";
import { serve } from "./convert-worker.ts";

serve(readYaml);
