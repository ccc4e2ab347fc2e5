"""x"""

from tests.lectures.claims import Claims

CLAIMS: Claims = {}
