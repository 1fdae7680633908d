"""The WSGI door. Runs in production mode unless COUNTERSIGN_MODE says otherwise."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procurement.settings")
os.environ.setdefault("COUNTERSIGN_MODE", "production")

application = get_wsgi_application()
