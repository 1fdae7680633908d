# Countersign in a container: Debian's own Python, the locked packages, a user without rights.
# One image for web, worker, beat and migrate; docker-compose.yml says which is which.

FROM debian:12-slim AS packages
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/countersign
COPY requirements/base.txt /tmp/base.txt
RUN /opt/countersign/bin/pip install --no-cache-dir --require-hashes --no-deps -r /tmp/base.txt

FROM debian:12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        ca-certificates python3 tzdata \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /app --no-create-home --shell /usr/sbin/nologin countersign
ENV PATH=/opt/countersign/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp/cache \
    COUNTERSIGN_MODE=production \
    STORAGE_ROOT=/data/files
WORKDIR /app
COPY --from=packages /opt/countersign /opt/countersign
COPY manage.py LICENSE ./
COPY procurement procurement
COPY vendors vendors
COPY templates templates
COPY static static
# The static files are the same in every mode; production would ask for keys that no image may hold.
RUN COUNTERSIGN_MODE=demo python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q procurement vendors \
    && mkdir -p var/beat /data/files \
    && chown -R countersign: var /data
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["python", "procurement/operations/probe.py"]
CMD ["gunicorn", "procurement.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--timeout", "120", "--no-control-socket", "--error-logfile", "-"]
