"""The intermediate representation that `prismc` prints, against the JSON Schema that describes it."""

import copy
import json
import unittest

import jsonschema

import prism


class IrFollowsItsSchema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        schema = json.loads((prism.ROOT / "compiler/ir/schema/prism-ir-1.0.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        cls.validator = jsonschema.Draft202012Validator(schema)
        ended = prism.prismc("ir", prism.EXAMPLE)
        assert ended.returncode == 0, ended.stderr
        cls.document = json.loads(ended.stdout)

    def test_the_example_is_valid(self):
        problems = [f"{error.json_path}: {error.message}" for error in self.validator.iter_errors(self.document)]
        self.assertEqual(problems, [])

    def test_a_document_without_one_of_its_parts_is_refused(self):
        for key in self.validator.schema["required"]:
            document = copy.deepcopy(self.document)
            del document[key]
            self.assertFalse(self.validator.is_valid(document), key)

    def test_the_same_file_gives_the_same_bytes(self):
        first, second = (prism.prismc("ir", prism.EXAMPLE).stdout for _ in range(2))
        self.assertEqual(first, second)


if __name__ == "__main__":
    unittest.main()
