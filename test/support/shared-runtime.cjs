const { existsSync } = require('node:fs');
const { dirname, resolve, sep } = require('node:path');
const { fileURLToPath, pathToFileURL } = require('node:url');
const vm = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const ESM = { supportsStaticESM: true, supportsDynamicImport: true, supportsTopLevelAwait: true };
const TESTS = resolve(__dirname, '..') + sep;

/** What a worker keeps from one test file to the next: packages by name, modules of the product by path. */
const kept = new Map();
/** One graph is linked at a time: what shares a module with one half linked could not be instantiated. */
let linked = Promise.resolve();

/**
 * Jest's runtime, but test files run in the realm of their worker. Packages are loaded by Node itself, once a worker, and the
 * modules of the product are evaluated once a worker, as in a service that lives long; what lies under test/ is fresh for each
 * file. By jest's own way each file starts from nothing, with hundreds of modules to compile, evaluate and warm up: that was a
 * third of the whole run. There are no mocked modules and no made-up timers here.
 */
module.exports = class SharedRuntime extends Runtime {
  /** Modules of this test file alone. */
  fresh = new Map();

  constructor(...given) {
    super(...given);
    const { watch, watchAll } = given.at(-1);
    /** Whoever watches edits the product between two runs of one process. */
    this.kept = watch || watchAll ? this.fresh : kept;
  }

  /** jest-circus holds the state of a file in the module itself. */
  requireInternalModule(path) {
    delete require.cache[path];
    return require(path);
  }

  async unstable_importModule(path) {
    return this.ready(await this.moduleAt(path));
  }

  async ready(module) {
    const mine = linked.then(() => (module.status === 'unlinked' ? module.link(this.find) : undefined));
    linked = mine.catch(() => this.dropHalfLinked());
    await mine;
    await module.evaluate();
    return module;
  }

  /** So that each test file tells of what is wrong with the module that could not be linked, not of its neighbours. */
  dropHalfLinked() {
    for (const [key, { status }] of kept) if (status === 'unlinked' || status === 'linking') kept.delete(key);
  }

  find = (specifier, from, { attributes = {} } = {}) => {
    if (specifier === '@jest/globals') return this.globals();
    if (!/^(\.|\/|file:)/.test(specifier)) return this.native(specifier, specifier, attributes);
    const path = specifier.startsWith('file:')
      ? fileURLToPath(specifier)
      : resolve(dirname(from.identifier), specifier);
    try {
      return this.moduleAt(path, attributes);
    } catch (error) {
      error.message += `\nimported by ${from.identifier}`;
      throw error;
    }
  };

  moduleAt(path, attributes) {
    const file = path.replace(/\.js$/, '.ts');
    if (!file.endsWith('.ts') || (file !== path && !existsSync(file)))
      return this.native(path, pathToFileURL(path).href, attributes);
    const modules = file.startsWith(TESTS) ? this.fresh : this.kept;
    if (!modules.has(file)) modules.set(file, this.source(file));
    return modules.get(file);
  }

  source(file) {
    return new vm.SourceTextModule(this.transformCache.transform(file, ESM), {
      identifier: file,
      initializeImportMeta: (meta) => {
        meta.url = pathToFileURL(file).href;
        meta.filename = file;
        meta.dirname = dirname(file);
      },
      importModuleDynamically: async (specifier, from, attributes) =>
        this.ready(await this.find(specifier, from, { attributes })),
    });
  }

  /** What Node itself loads: packages, modules of its own, JSON, plain JavaScript. */
  native(key, specifier, attributes) {
    if (!kept.has(key)) kept.set(key, import(specifier, { with: attributes }).then(asModule));
    return kept.get(key);
  }

  globals() {
    const key = '@jest/globals';
    if (!this.fresh.has(key)) this.fresh.set(key, asModule(this.jestGlobals.cjsGlobals(this._testPath)));
    return this.fresh.get(key);
  }
};

function asModule(names) {
  return new vm.SyntheticModule(Object.keys(names), function () {
    for (const name of Object.keys(names)) this.setExport(name, names[name]);
  });
}
