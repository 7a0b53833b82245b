"use strict";

// What the tests share: the built programs, and the wire format as Node's gRPC library sees it.

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const grpc = require("@grpc/grpc-js");
const loader = require("@grpc/proto-loader");

const root = path.resolve(__dirname, "../..");
const programs = path.resolve(root, process.env.CARGO_TARGET_DIR ?? "target", "debug");

const definition = loader.loadSync(["parallax/confidence.proto", "parallax/registry.proto"], {
  includeDirs: [path.join(root, "proto")],
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
});
const { parallax } = grpc.loadPackageDefinition(definition);

/** The path of a program that `cargo build` made. */
function program(name) {
  const file = path.join(programs, name);
  if (!fs.existsSync(file)) {
    throw new Error(`${file} is missing: run \`cargo build --workspace --bins\` first`);
  }
  return file;
}

/** Runs `prismc` at the root of the repository and gives its exit code and outputs. */
function prismc(...words) {
  return new Promise((resolve, reject) => {
    const child = spawn(program("prismc"), words, { cwd: root, stdio: ["ignore", "pipe", "pipe"], timeout: 60_000 });
    const output = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"]) {
      child[stream].setEncoding("utf8").on("data", (text) => (output[stream] += text));
    }
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...output }));
  });
}

/** Starts a gRPC server on a free port of this machine and gives it with its address. */
function serve(service, methods) {
  const server = new grpc.Server();
  server.addService(service, methods);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve({ server, address: `127.0.0.1:${port}` });
    });
  });
}

/** A `google.protobuf.Value` or `Struct`, as proto-loader gives it, as plain data. */
function plain(value) {
  if (value.fields) {
    return Object.fromEntries(Object.entries(value.fields).map(([key, field]) => [key, plain(field)]));
  }
  if (value.structValue) return plain(value.structValue);
  if (value.listValue) return value.listValue.values.map(plain);
  if (value.kind === "nullValue") return null;
  return value[value.kind];
}

module.exports = { grpc, parallax, plain, prismc, program, root, serve };
