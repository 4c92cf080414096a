"""An OpenID provider, run by itself: oidc-provider-mock's server, which is authlib's, with authlib's PKCE.

Nothing of the product is in it. Clients must register, secrets are checked, and a code without the
proof of who asked for it (PKCE, S256) is not exchanged. Says its address on the first line.
"""

from __future__ import annotations

import os
import sys
import warnings
from typing import ClassVar

os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
warnings.simplefilter("ignore")

import oidc_provider_mock  # noqa: E402
from authlib.integrations.flask_oauth2 import AuthorizationServer  # noqa: E402
from authlib.oauth2.rfc6749 import InvalidRequestError  # noqa: E402
from authlib.oauth2.rfc7636 import CodeChallenge  # noqa: E402
from oidc_provider_mock import _app  # noqa: E402


class Proof(CodeChallenge):
    """authlib's PKCE, always needed; the server's codes have no place for the challenge, so here is one."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar = ["S256"]
    asked: ClassVar[dict[str, tuple[str | None, str | None]]] = {}

    def validate_code_verifier(self, grant, result):
        code = grant.request.authorization_code
        if code is not None and not self.asked.get(code.code, (None, None))[0]:
            raise InvalidRequestError("Missing 'code_challenge'")
        return super().validate_code_verifier(grant, result)

    def get_authorization_code_challenge(self, authorization_code):
        return self.asked[authorization_code.code][0]

    def get_authorization_code_challenge_method(self, authorization_code):
        return self.asked[authorization_code.code][1]


_save = _app.AuthorizationCodeGrant.save_authorization_code
_register = AuthorizationServer.register_grant


def _save_with_challenge(self, code, request):
    data = request.payload.data
    Proof.asked[code] = (data.get("code_challenge"), data.get("code_challenge_method"))
    return _save(self, code, request)


def _register_with_proof(self, grant, extensions=None):
    proof = [Proof(required=True)] if grant is _app.AuthorizationCodeGrant else []
    return _register(self, grant, [*(extensions or []), *proof])


_app.AuthorizationCodeGrant.save_authorization_code = _save_with_challenge
AuthorizationServer.register_grant = _register_with_proof

with oidc_provider_mock.run_server_in_thread(require_client_registration=True, require_nonce=True) as server:
    sys.stdout.write(f"http://localhost:{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()  # until whoever started it is done
