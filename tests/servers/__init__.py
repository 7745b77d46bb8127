"""The real worker against real servers: nginx, Apache, proxies, logins, certificates, HTTP/2.

    python -m tests.servers

This needs Debian or a system like it, and root where the packages are not installed yet: nginx, apache2, microsocks,
tinyproxy and openssl come by apt, without being started as services. Each server runs on loopback with a configuration
in a temporary directory, as a child of the script, and ends with it. What was seen is printed as a table; the exit code
is 0 when all of it is as it should be. pytest does not collect any of this.
"""
