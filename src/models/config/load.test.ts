import { test, expect } from "vitest";
import { readdirSync } from "node:fs";
import { loadConfig } from "./load.js";
test("x", () => {
  for (const f of readdirSync("/work/shared/data/configs")) {
    try { const c = loadConfig("/work/shared/data/configs/" + f); console.log(f, JSON.stringify(c).slice(0, 400)); }
    catch (e) { console.log(f, String(e)); }
  }
  for (const bad of [{model_type:"bert"}, {model_type:"llama", vocab_size: "3"}, {model_type:"gpt2",vocab_size:5,n_embd:10,n_head:3,n_layer:1}, {model_type: "lama"}, {model_type:"gpt2",vocab_size:-5}, {model_type:"bert",vocab_size:1,hidden_size:4,num_hidden_layers:1,num_attention_heads:1,intermediate_size:3,hidden_act:"foo"}])
    try { loadConfig(bad); } catch (e) { console.log(String(e)); }
});
